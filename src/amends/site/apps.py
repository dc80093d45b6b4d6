from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "amends.site"
    label = "site"

    def ready(self) -> None:
        from amends.site.coming_in import note_factors
        from amends.site.reactions import set_reactions

        set_reactions()
        note_factors()
