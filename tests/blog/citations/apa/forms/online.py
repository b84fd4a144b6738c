"""Posts, pages and other online works, as the Publication Manual lists and cites them."""

from tests.blog.citations.factories import on, people, work

LONG = " ".join(f"word{number}" for number in range(1, 26))
TWENTY = " ".join(f"word{number}" for number in range(1, 21))
ONLINE = {
    "a tweet": (
        work(
            "post",
            "Help students avoid plagiarism",
            author=people("APA Databases [@APA_Databases]"),
            container_title="Twitter",
            issued=on(2019, 9, 5),
        ),
        "APA Databases [@APA_Databases]. (2019, September 5). *Help students avoid plagiarism* "
        "[Tweet]. Twitter. URL",
        "(APA Databases, 2019)",
    ),
    "a post on X, by its first twenty words": (
        work(
            "post",
            LONG,
            author=people("Gates, Bill [@BillGates]"),
            container_title="X",
            issued=on(2024, 6, 29),
        ),
        f"Gates, B. [@BillGates]. (2024, June 29). *{TWENTY}* [Post]. X. URL",
        "(Gates, 2024)",
    ),
    "a Facebook post with a video": (
        work(
            "post",
            "These frogs walk instead of hop",
            author=people("News From Science"),
            genre="Video",
            container_title="Facebook",
            issued=on(2018, 6, 26),
        ),
        "News From Science. (2018, June 26). *These frogs walk instead of hop* [Video]. Facebook. "
        "URL",
        "(News From Science, 2018)",
    ),
    "an Instagram photograph": (
        work(
            "post",
            "It’s always wonderful to walk in and see my work",
            author=people("Zeitz MOCAA [@zeitzmocaa]"),
            genre="Photographs",
            container_title="Instagram",
            issued=on(2018, 11, 26),
        ),
        "Zeitz MOCAA [@zeitzmocaa]. (2018, November 26). *It’s always wonderful to walk in and see "
        "my work* [Photographs]. Instagram. URL",
        "(Zeitz MOCAA, 2018)",
    ),
    "a Mastodon post": (
        work(
            "post",
            "Ties are weak today",
            author=people("Luna, Ana [@luna@example.social]"),
            container_title="Mastodon",
            issued=on(2023, 1, 2),
        ),
        "Luna, A. [@luna@example.social]. (2023, January 2). *Ties are weak today* [Post]. "
        "Mastodon. URL",
        "(Luna, 2023)",
    ),
    "a Reddit post": (
        work(
            "post",
            "I’m NASA astronaut Scott Tingle. Ask me anything about being back on Earth",
            author=people("National Aeronautics and Space Administration [nasa]"),
            container_title="Reddit",
            issued=on(2018, 9, 12),
        ),
        "National Aeronautics and Space Administration [nasa]. (2018, September 12). *I’m NASA "
        "astronaut Scott Tingle. Ask me anything about being back on Earth* [Online forum post]. "
        "Reddit. URL",
        "(National Aeronautics and Space Administration, 2018)",
    ),
    "a TikTok video": (
        work(
            "post",
            "Ties",
            author=people("Luna, Ana [@luna]"),
            container_title="TikTok",
            issued=on(2023, 1, 2),
        ),
        "Luna, A. [@luna]. (2023, January 2). *Ties* [Video]. TikTok. URL",
        "(Luna, 2023)",
    ),
    "a classmate’s blog post": (
        work(
            "post-weblog",
            "What my network taught me",
            author=people("Diallo, Awa"),
            container_title="Learning in networks",
            issued=on(2026, 10, 18),
        ),
        "Diallo, A. (2026, October 18). What my network taught me. *Learning in networks*. URL",
        "(Diallo, 2026)",
    ),
    "a comment on a blog post, by its first twenty words": (
        work(
            "post-weblog",
            LONG,
            author=people("Joe"),
            genre="Comment on the blog post “Ties”",
            container_title="Learning in networks",
            issued=on(2026, 10, 19),
        ),
        f"Joe. (2026, October 19). {TWENTY} [Comment on the blog post “Ties”]. *Learning in "
        "networks*. URL",
        "(Joe, 2026)",
    ),
    "a page of a site": (
        work(
            "webpage",
            "Mindfulness meditation",
            author=people("Lee, Chris"),
            container_title="The Site",
            issued=on(2020, 3, 4),
        ),
        "Lee, C. (2020, March 4). *Mindfulness meditation*. The Site. URL",
        "(Lee, 2020)",
    ),
    "a press release": (
        work(
            "webpage",
            "FDA authorizes first interoperable insulin pump",
            author=people("U.S. Food and Drug Administration"),
            genre="Press release",
            issued=on(2019, 2, 14),
        ),
        "U.S. Food and Drug Administration. (2019, February 14). *FDA authorizes first "
        "interoperable insulin pump* [Press release]. URL",
        "(U.S. Food and Drug Administration, 2019)",
    ),
    "an article of a newspaper’s site": (
        work(
            "article-newspaper",
            "The secret to brain success",
            author=people("Guarino, Ben"),
            container_title="The Washington Post",
            issued=on(2017, 12, 4),
        ),
        "Guarino, B. (2017, December 4). The secret to brain success. *The Washington Post*. URL",
        "(Guarino, 2017)",
    ),
    "an app": (
        work(
            "software",
            "Epocrates medical references",
            author=people("Epocrates"),
            genre="Mobile app",
            version="18.12",
            publisher="App Store",
            issued=on(2019),
        ),
        "Epocrates. (2019). *Epocrates medical references* (Version 18.12) [Mobile app]. "
        "App Store. URL",
        "(Epocrates, 2019)",
    ),
    "what a language model wrote": (
        work(
            "software",
            "ChatGPT",
            author=people("OpenAI"),
            genre="Large language model",
            version="Mar 14 version",
            publisher="OpenAI",
            issued=on(2023),
        ),
        "OpenAI. (2023). *ChatGPT* (Mar 14 version) [Large language model]. URL",
        "(OpenAI, 2023)",
    ),
    "an entry of a dictionary": (
        work(
            "entry-dictionary",
            "Self-report",
            author=people("Merriam-Webster"),
            container_title="Merriam-Webster.com dictionary",
            publisher="Merriam-Webster",
            accessed=on(2019, 7, 12),
        ),
        "Merriam-Webster. (n.d.). Self-report. In *Merriam-Webster.com dictionary*. Retrieved "
        "July 12, 2019, from URL",
        "(Merriam-Webster, n.d.)",
    ),
    "an entry of Wikipedia, as it was on a day": (
        work(
            "entry-encyclopedia",
            "List of oldest companies",
            container_title="Wikipedia",
            issued=on(2019, 1, 13),
        ),
        "List of oldest companies. (2019, January 13). In *Wikipedia*. URL",
        "(“List of Oldest Companies,” 2019)",
    ),
}
