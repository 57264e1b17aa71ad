"""A small invented document, with a Fact of each sort that a shape must tell apart."""

import hashlib
import shutil
from pathlib import Path

import pytest

from publisher.build import build
from publisher.checks import Checker
from publisher.settings import Settings
from tests.conftest import ROOT
from tests.edits import apply, project, swap

KEY = "small"
TEXT = """A visit to Bamako

The Russian delegation visited Mali. A joint commission was discussed.
No agreement on oil was signed. Officials said that Niger had proposed a railway.
The visit signals a new era. Officials fear the railway."""

SHEET = """\
# An example.
document:
  key: small
  title: A visit to Bamako
  language: en
  text: small.txt
  sha256: {sha256}
  rights: full
sentences:
  s0: {{begins: A visit, read: yes}}
  s1: {{begins: The Russian, read: yes}}
  s2: {{begins: A joint, read: yes}}
  s3: {{begins: No agreement, read: yes}}
  s4: {{begins: Officials said, read: yes}}
  s5: {{begins: The visit signals, read: yes}}
  s6: {{begins: Officials fear, read: yes}}
things:
  delegation/d: {{label: {{en: The delegation}}}}
  event/visit: {{label: {{en: The visit}}}}
  event/proposal: {{label: {{en: The proposal}}}}
  initiative/commission: {{type: Initiative, label: {{en: The commission}}}}
  initiative/oil: {{type: Initiative, label: {{en: The agreement on oil}}}}
  initiative/railway: {{type: Initiative, label: {{en: The railway}}}}
  group/officials: {{type: Group, label: {{en: Officials}}}}
facts:
  visit:
    visit: {{visit: event/visit, visitor: delegation/d, host: state/mali}}
    quotes: [The Russian delegation visited Mali]
    modality: occurred
  size:
    delegation: {{delegation: delegation/d, size: 60}}
    quotes: [The Russian delegation]
    modality: state
  discussed:
    discusses: {{event: event/visit, topics: initiative/commission}}
    quotes: [A joint commission was discussed]
    modality: occurred
  commission:
    initiative: {{initiative: initiative/commission, kind: joint-body}}
    quotes: [joint commission]
    modality: discussed
  parties:
    initiative: {{initiative: initiative/commission, parties: [state/russia, state/mali]}}
    quotes: [joint commission]
    modality: discussed
    nature: implied
  unsigned:
    signs: {{initiative: initiative/oil, parties: state/russia}}
    quotes: [No agreement on oil was signed]
    modality: occurred
    polarity: negative
  proposal:
    proposes: {{event: event/proposal, by: state/niger, initiatives: initiative/railway}}
    quotes: [Niger had proposed a railway]
    modality: occurred
    attributed_to: group/officials
  era:
    stance: {{kind: reading, toward: event/visit, wording: a new era}}
    quotes: [The visit signals a new era]
    modality: state
    nature: interpretive
  fear:
    stance: {{holder: group/officials, kind: characterisation, toward: initiative/railway}}
    quotes: [Officials fear the railway]
    modality: state
  officials:
    of_state: {{agents: group/officials, states: state/mali}}
    quotes: [{{sentence: s4, quote: Officials}}]
    modality: planned
"""


def write(folder: Path, sheet: str = SHEET, text: str = TEXT) -> Path:
    """Write the document into a folder of seeds, with the project's authority files, and return that folder."""
    shutil.copytree(ROOT / "seeds" / "authority", folder / "authority")
    (folder / f"{KEY}.txt").write_text(text, "utf-8")
    (folder / f"{KEY}.yaml").write_text(sheet.format(sha256=hashlib.sha256(text.encode()).hexdigest()), "utf-8")
    return folder


def two_releases(folder: Path) -> tuple[Settings, str, str]:
    """Build two releases of the small document, unchecked, in a project of their own; return their ids, in order."""
    project(folder)
    shutil.rmtree(folder / "seeds")
    write(folder / "seeds")
    settings = Settings(folder, folder / "releases")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Checker, "_run", lambda *_: iter(()))  # not what is promised there
        first = build(settings, None, lambda _: None)
        apply(folder / "seeds" / f"{KEY}.yaml", swap(("label: {en: The visit}", "label: {en: The call}")))
        second = build(settings, None, lambda _: None)
    return settings, first.id, second.id
