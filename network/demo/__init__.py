"""The demo course: people, prompts, posts, comments and grades are invented; works are real.

Days are counted from the first day of the course. It is made to be looked at on day
`COURSE.today`, in the eighth week of twelve; nothing in it happens later than the day before,
except the deadlines still to come.
"""
