"""Contacts come in and go out through a real browser: one cookie, one form, no script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import SIZES, screen_of
from tests.flows.contacts.moving import link
from tests.stage import standing

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", SIZES)
def test_a_file_is_looked_at_imported_and_exported_again(
    browser: Browser, sqlite_url: str, tmp_path: Path, size: str
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "Name,Email,Company\nDana Reyes,dana@x.example,Northwind\nBad,at home,\n", encoding="utf-8"
    )
    with standing(sqlite_url) as stage, screen_of(browser, size) as page:
        way_in, way_out = link(stage, "import"), link(stage, "export")
        page.goto(way_in)
        page.get_by_label("File").set_input_files(file)
        page.get_by_role("button", name="Look at the file").click()
        expect(page.get_by_label("Company")).to_have_value("company")
        for control in ("Company", "Name", "gets what is missing"):
            box = page.get_by_label(control).locator(
                "xpath=ancestor-or-self::*[self::select or self::label][1]"
            )
            shape = box.bounding_box()
            assert shape and shape["height"] >= 44, "as large as a finger"
            assert size == "desk" or shape["width"] > 300
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_text('Line 3: "at home" is not an email address.')).to_be_visible()
        page.get_by_role("button", name="Import", exact=True).click()
        expect(page.get_by_text("The contacts are there now")).to_be_visible()
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide, "nothing lies beside the screen"
        page.goto(way_out)
        with page.expect_download() as coming:
            page.get_by_role("button", name="Download CSV").click()
        assert b"Dana Reyes,dana@x.example,Northwind" in Path(coming.value.path()).read_bytes()
