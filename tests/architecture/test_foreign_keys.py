"""A string foreign key is an arrow too: it points down, or to its own room."""

from django.apps import apps
from django.db.models import Field, ForeignKey, ManyToManyField, Model

from tests.architecture.house import none, rank, room_of


def arrows() -> list[tuple[type[Model], Field, type[Model]]]:
    return [
        (model, field, field.related_model)
        for model in apps.get_models(include_auto_created=True)
        if room_of(model.__module__)
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if isinstance(field, ForeignKey | ManyToManyField)
    ]


def test_there_are_arrows_to_look_at() -> None:
    assert len(arrows()) > 20


def test_a_foreign_key_points_down_or_stays_in_its_room() -> None:
    wrong = []
    for model, field, target in arrows():
        source, aim = room_of(model.__module__), room_of(target.__module__)
        if source is None or source == aim:
            continue
        if aim is None or rank(aim) >= rank(source):
            wrong.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    none(wrong)


def test_nothing_is_deleted_by_cascade() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model, field, _ in arrows()
        if field.remote_field.on_delete.__name__ == "CASCADE"
    ]
    none(wrong)
