from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# Of which acts the applicant is told, and by which template (M41).
MESSAGES = {
    "dossier.received": "received",
    "dossier.lodged": "lodged",
    "dossier.supplement_requested": "lacking",
    "dossier.payment_requested": "payment",
    "dossier.extended": "late",
    "dossier.completed": "ready",
    "dossier.returned": "returned",
    "dossier.refused": "refused",
    "dossier.halted": "halted",
}
# Of which acts an officer is told at once: the post the act names, or the holder.
ALERTS = {
    "dossier.assigned": ("assigned", "post"),
    "dossier.submitted": ("to_approve", "post"),
    "dossier.sent_back": ("sent_back", "holder"),
    "dossier.supplement_received": ("supplemented", "holder"),
}


class DossiersConfig(AppConfig):
    name = "lienthong.work.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        import_module(f"{self.name}.events")
        rules = import_module(f"{self.name}.rules")
        registry = import_module("lienthong.core.registry.actions")
        values = import_module("lienthong.core.registry.values")
        registry.register_kind(values.Kind(rules.KIND, _("Hồ sơ một cửa"), rules.LIFECYCLE, "dossier_page"))
        import_module("lienthong.facilities.statistics.values").register_online(
            rules.KIND,
            "EXISTS (SELECT 1 FROM dossiers_dossier d WHERE d.case_id = c.id AND d.channel = 'online')",
        )
        import_module("lienthong.facilities.exchange.actions").register_teller(
            kind=rules.KIND, tell=import_module(f"{self.name}.queries").tell_status
        )
        for entry in (
            values.NavItem(_("Chờ phê duyệt"), "approval_queue", ("approval", "dispatch"), order=30),
            values.NavItem(_("Phân xử"), "dispute_list", ("city",), order=40),
            values.NavItem(
                _("Sổ theo dõi"), "dossier_register", ("reception", "overview", "records"), order=70
            ),
        ):
            registry.register_nav(entry)
        notifications = import_module("lienthong.facilities.notifications.actions")
        for event, template in MESSAGES.items():
            notifications.register_message(event, template)
        for event, (kind, to) in ALERTS.items():
            notifications.register_alert(event, kind, to)
