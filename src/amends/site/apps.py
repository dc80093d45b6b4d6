from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "amends.site"
    label = "site"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from amends.site import sessions
        from amends.site.coming_in import note_factors
        from amends.site.reactions import set_reactions

        set_reactions()
        note_factors()
        # Whatever way in there is, now or later.
        user_logged_in.connect(sessions.begin, dispatch_uid="amends.site.sessions")
