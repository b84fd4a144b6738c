"""Signing in and signing up, and a first password: allauth's views, with what is ours around."""

from allauth.account import views as allauth_views

from blog.web.pending_join import CONFIRMED_EMAIL, course_to_join
from blog.web.reauthentication import confirmed_lately
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
# A password shows from then on who somebody is: at an open screen nobody chooses the first one.
account_set_password = confirmed_lately()(allauth_views.password_set)
