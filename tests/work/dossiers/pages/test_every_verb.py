"""What holds for every verb: done once, told in the journal, refused in words, closed to strangers, never lost."""

from html import unescape
from uuid import uuid4

import pytest

from lienthong.work.dossiers.actions.ending import withdraw_dossier
from tests.work.dossiers.pages.conftest import Stage
from tests.work.dossiers.pages.verbs import NAMES, VERBS, Verb

pytestmark = pytest.mark.django_db
every_verb = pytest.mark.parametrize("verb", VERBS, ids=NAMES)


@every_verb
def test_it_is_done_and_the_journal_says_so(stage: Stage, verb: Verb) -> None:
    dossier_id = verb.prepared(stage)
    browser = stage.browser(verb.actor(stage, dossier_id))
    assert browser.get(f"/dossiers/{dossier_id}/{verb.name}/").status_code == 200
    done = stage.post(browser, dossier_id, verb.name, **verb.words(stage))
    assert (done.status_code, done["Location"].split("?")[0]) == (302, f"/dossiers/{dossier_id}/")
    assert (stage.state(dossier_id), stage.told(dossier_id)[-1]) == (verb.state, verb.event)
    page = browser.get(done["Location"])
    assert page.status_code == 200
    assert "notice--done" in page.content.decode()


@every_verb
def test_the_same_key_again_is_the_same_result_and_nothing_more(stage: Stage, verb: Verb) -> None:
    dossier_id, key = verb.prepared(stage), uuid4()
    browser = stage.browser(verb.actor(stage, dossier_id))
    words = {**verb.words(stage), "version": stage.dossier(dossier_id).case.version, "key": key}
    first = stage.post(browser, dossier_id, verb.name, **words)
    told = stage.told(dossier_id)
    again = stage.post(browser, dossier_id, verb.name, **words)
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert stage.told(dossier_id) == told


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb.other], ids=lambda verb: verb.name)
def test_the_same_key_with_other_words_is_refused_and_keeps_what_was_typed(stage: Stage, verb: Verb) -> None:
    dossier_id, key = verb.prepared(stage), uuid4()
    browser = stage.browser(verb.actor(stage, dossier_id))
    stage.post(browser, dossier_id, verb.name, **verb.words(stage), key=key)
    told = stage.told(dossier_id)
    words = {**verb.words(stage), **verb.other}
    back = stage.post(browser, dossier_id, verb.name, **words, key=key)
    assert back.status_code == 409
    assert "đã được gửi với nội dung khác" in back.content.decode()
    assert str(key) not in back.content.decode(), "the page shown again has a key of its own"
    assert stage.told(dossier_id) == told


@every_verb
def test_a_foreign_dossier_is_not_found_and_the_try_is_written_down(stage: Stage, verb: Verb) -> None:
    dossier_id = verb.prepared(stage)
    told = stage.told(dossier_id)
    stranger = stage.browser(stage.cast.stranger)
    assert stranger.get(f"/dossiers/{dossier_id}/{verb.name}/").status_code == 404
    assert stage.post(stranger, dossier_id, verb.name, **verb.words(stage)).status_code == 404
    assert stage.told(dossier_id) == told


@every_verb
def test_a_stale_page_is_told_who_was_first_and_when(stage: Stage, verb: Verb) -> None:
    dossier_id = verb.prepared(stage)
    browser = stage.browser(verb.actor(stage, dossier_id))
    version, words = stage.dossier(dossier_id).case.version, verb.words(stage)
    stage.act(withdraw_dossier, stage.clerk, dossier_id, reason="Đổi ý") if verb.name != "return" else None
    old = version - 1 if verb.name == "return" else version
    late = stage.post(browser, dossier_id, verb.name, **words, version=old)
    text = unescape(late.content.decode())
    assert late.status_code == 409
    assert "Hồ sơ vừa thay đổi" in text
    if verb.name != "return":
        assert "Cán bộ một cửa 1 P. Tân Hưng" in text
        assert "Người nộp rút hồ sơ" in text
        assert stage.state(dossier_id) == "withdrawn"


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb.required], ids=lambda verb: verb.name)
def test_what_lacks_is_said_and_what_was_typed_is_kept(stage: Stage, verb: Verb) -> None:
    dossier_id = verb.prepared(stage)
    browser = stage.browser(verb.actor(stage, dossier_id))
    words = {**verb.words(stage), verb.required: ""}
    told = stage.told(dossier_id)
    back = stage.post(browser, dossier_id, verb.name, **words)
    assert back.status_code == 422
    text = unescape(back.content.decode())
    assert "Chưa lưu được" in text
    typed = [value for name, value in words.items() if isinstance(value, str) and len(value) > 5]
    assert all(value in text for value in typed)
    assert stage.told(dossier_id) == told


@pytest.mark.parametrize("verb", [v for v in VERBS if v.name not in ("correct",)], ids=lambda verb: verb.name)
def test_a_closed_dossier_refuses_in_a_sentence(stage: Stage, verb: Verb) -> None:
    dossier_id = stage.in_progress()
    actor = verb.actor(stage, dossier_id) if verb.actor.__name__ != "leader" else stage.cast.chair
    stage.act(withdraw_dossier, stage.clerk, dossier_id, reason="Đổi ý")
    browser = stage.browser(actor)
    asked = browser.get(f"/dossiers/{dossier_id}/{verb.name}/")
    sent = stage.post(browser, dossier_id, verb.name, **verb.words(stage))
    assert sent.status_code in (409, 422)
    assert "kết thúc" in unescape(sent.content.decode())
    assert verb.name == "extend" or (
        asked.status_code == 409 and "kết thúc" in unescape(asked.content.decode())
    )
    assert stage.state(dossier_id) == "withdrawn"
