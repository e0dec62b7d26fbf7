"""One mail while messages wait unread, never what they say, and none after a withdrawal."""

from datetime import timedelta

import pytest

from stageplus.services.applications.actions import withdraw_application
from tests.factories import NOW
from tests.services.conversations.conftest import Scene

LATER = NOW + timedelta(minutes=11)
MUCH_LATER = NOW + timedelta(hours=5)


def test_one_mail_per_stretch_without_reading(scene: Scene) -> None:
    scene.say(scene.company, "Venez lundi à huit heures.")
    assert scene.mail(NOW + timedelta(minutes=9)) == 0
    assert scene.mail(LATER) == 1
    scene.say(scene.company, "Ou mardi.", now=LATER)
    assert (scene.mail(LATER), scene.mail(MUCH_LATER)) == (0, 0)
    (mail,) = scene.mails()
    assert "Boulangerie du Nuage" in mail.text
    assert "lundi" not in mail.text + mail.html + mail.subject
    assert f"/messages/{scene.application}" in mail.text


def test_a_new_stretch_begins_once_they_were_read(scene: Scene) -> None:
    scene.say(scene.company)
    scene.mail(LATER)
    scene.read(scene.learner, LATER)
    assert scene.mail(MUCH_LATER) == 0
    scene.say(scene.company, "Encore là ?", now=LATER)
    assert scene.mail(MUCH_LATER) == 1
    assert len(scene.mails()) == 2


def test_what_was_read_in_time_is_not_mailed(scene: Scene) -> None:
    scene.say(scene.company)
    scene.read(scene.learner)
    assert scene.mail(MUCH_LATER) == 0


def test_the_people_of_the_company_are_written_to_without_a_name(scene: Scene) -> None:
    scene.say(scene.learner, "Est-ce que je peux venir en bus ?")
    assert scene.mail(LATER) == 1
    mails = scene.mails()
    assert len({mail.recipient for mail in mails}) == len(mails) == 2
    for mail in mails:
        assert not {"Mila", "Zibeline", "bus"} & set(mail.text.replace(".", " ").split())
        assert f"/entreprise/candidatures/{scene.application}" in mail.text


@pytest.mark.parametrize("side", ["learner", "company"])
def test_nobody_is_mailed_after_a_withdrawal(scene: Scene, side: str) -> None:
    scene.say(getattr(scene, side))
    withdraw_application(scene.learner, scene.application, now=NOW, on=scene.database)
    before = len(scene.mails())
    assert scene.mail(LATER) == 0
    assert len(scene.mails()) == before
