"""My network: for one pair of eyes."""

from django.shortcuts import render

from blog.web.decorators import in_course
from network.mine import my_network
from network.ties import clock_of, explain


@in_course
def network_mine(request, course):
    context = my_network(request.user, course) | {"explain": explain(clock_of(course))}
    return render(request, "network/network_mine.html", context)
