"""Who sits before the review page: what can be seen there, and what hands do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor.report import Report

webdriver = pytest.importorskip("selenium.webdriver", reason="no selenium here (the extra dev has it)")
waiting = pytest.importorskip("selenium.webdriver.support.ui")
TimeoutException = pytest.importorskip("selenium.common.exceptions").TimeoutException

CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"
SECONDS = 20  # until something that must happen has happened
SEEN = (Path(__file__).parent / "seen.js").read_text(encoding="utf-8")


class Reader:
    """Who sits before the page."""

    def __init__(self, browser: Any, report: Report, address: str) -> None:  # noqa: D107
        self.browser, self.report, self.address = browser, report, address
        browser.get_log("browser")  # what pages before this one complained of
        self.point_at(0, 0)  # and not where the test before this one left the pointer: the head of the page
        browser.get("about:blank")
        browser.get(address)

    def one(self, selector: str) -> Any:
        return self.browser.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        return list(self.browser.find_elements("css selector", selector))

    def press(self, key: str) -> None:
        self.browser.switch_to.active_element.send_keys(key)

    def comes_to(self, what: Callable[[], Any], expected: Any) -> None:
        """Wait until a thing is as it must come to be: the browser may be slower than the test."""
        seen: list[Any] = []

        def is_so(_: Any) -> bool:
            seen.append(what())
            return bool(seen[-1] == expected)

        try:
            waiting.WebDriverWait(self.browser, SECONDS, poll_frequency=0.05).until(is_so)
        except TimeoutException:
            assert seen[-1] == expected

    def point_at(self, x: int, y: int) -> None:
        """Move the pointer to a place in the window."""
        hands = webdriver.ActionChains(self.browser, duration=0)
        hands.w3c_actions.pointer_action.move_to_location(x, y)
        hands.perform()

    def point_at_the(self, element: Any) -> None:
        webdriver.ActionChains(self.browser, duration=0).move_to_element(element).perform()

    def focused(self, attribute: str) -> Any:
        return self.browser.switch_to.active_element.get_attribute(attribute)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.browser.execute_script(script, *arguments)

    def sees(self, what: str) -> Any:
        return self.run(f"{SEEN}\nreturn {what}();")

    def cells(self, selector: str) -> list[str]:
        return [each.get_attribute("data-c") for each in self.all(f"#reading td{selector}")]

    def click_the_place_of(self, cell: str) -> None:
        key = self.one(f'[data-c="{cell}"]').get_attribute("data-k").split()[0]
        place = self.one(f'#source [data-k~="{key}"]')
        self.run("arguments[0].scrollIntoView({block: 'center'})", place)
        self.point_at_the(place)
        webdriver.ActionChains(self.browser, duration=0).click().perform()

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.browser.get_log("browser")]


Opens = Callable[..., Reader]
