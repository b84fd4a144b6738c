"""Signing in and signing up: allauth's views, which name the course that somebody is joining."""

from allauth.account import views as allauth_views

from blog.web.joining import CONFIRMED_EMAIL, course_to_join
from blog.web.university_login import is_signed_in_by_university


class LoginView(allauth_views.LoginView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        joining = course_to_join(self.request, context["redirect_field_value"])
        return context | {"joining": joining}


class SignupView(allauth_views.SignupView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        joining = course_to_join(self.request, context["redirect_field_value"])
        invited_email = self.request.session.get(CONFIRMED_EMAIL)
        return context | {"joining": joining, "invited_email": invited_email}


class LogoutView(allauth_views.LogoutView):
    def get_context_data(self, **kwargs):
        by_university = is_signed_in_by_university(self.request)
        return super().get_context_data(**kwargs) | {"by_university": by_university}


account_login = LoginView.as_view()
account_signup = SignupView.as_view()
account_logout = LogoutView.as_view()
