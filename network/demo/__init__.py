"""
The demo course as data: people, prompts, posts, talk and grades, invented; works, real.

Days are counted from the first day of the course. The whole is made to be looked at on day
`COURSE.today`, in the eighth week of twelve; nothing in it happens later than the day before,
except the deadlines still to come.
"""
