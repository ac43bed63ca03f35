"""A window around Debian's WebKit which keeps what pages store in a folder, as a tablet does; the driver starts it:

    python3 webkit_window.py <folder> <language>

MiniBrowser would forget everything as it closes, is wider than a phone and has no input method. Runs on the system's
own Python, where the bindings to WebKit are.
"""

import os
import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gdk, Gtk, WebKit2  # noqa: E402

KANJI = {"ほけんし": "保健師", "そうだん": "相談"}

TELL = """
const tell = (what) => webkit.messageHandlers.wrong.postMessage(`${location.pathname}: ${what}`);
const whole = (thrown) => `${thrown} ${thrown?.stack ?? ''}`;
addEventListener('error', ({ error, message }) => tell(error ? whole(error) : message));
addEventListener('unhandledrejection', ({ reason }) => tell(`not caught: ${whole(reason)}`));
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => tell(`refused by ${violatedDirective}: ${blockedURI}`));
addEventListener('error', ({ target }) => { if (target !== window) setTimeout(() => tell(`not loaded: ${target.src ?? target.href}`), 1000); }, true);
"""  # noqa: E501


class InputMethod(WebKit2.InputMethodContext):
    """Kana make a word that stays open, a space offers it in kanji, Enter or any other key takes it."""

    word = ""

    def do_get_preedit(self) -> tuple[str, list[object], int]:
        return self.word, [], len(self.word)

    def do_filter_key_event(self, event: Gdk.EventKey) -> bool:
        if event.type != Gdk.EventType.KEY_PRESS:
            return False
        letter = chr(Gdk.keyval_to_unicode(event.keyval))
        if "ぁ" <= letter <= "ゖ":
            if not self.word:
                self.emit("preedit-started")
            self.change(self.word + letter)
        elif self.word and letter == " ":
            self.change(KANJI.get(self.word, self.word))
        elif self.word and event.keyval == Gdk.KEY_Return:
            self.take()
        else:
            self.take()
            return False
        return True

    def take(self) -> None:
        """The open word is the page's."""
        word, self.word = self.word, ""
        if word:
            self.emit("committed", word)
            self.emit("preedit-finished")

    def change(self, word: str) -> None:
        self.word = word
        self.emit("preedit-changed")

    def do_reset(self) -> None:
        """The page has ended the composition by itself: what was open is lost to the input method."""
        self.word = ""


class Window:
    """One automated window over a folder; `wrong` in it lists what went wrong on its pages, `asked` what they asked."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder = folder
        kept = WebKit2.WebsiteDataManager(base_data_directory=str(folder), base_cache_directory=str(folder / "cache"))
        self.context = WebKit2.WebContext.new_with_website_data_manager(kept)
        self.context.set_preferred_languages([language])
        cookies = self.context.get_cookie_manager()
        cookies.set_persistent_storage(str(folder / "cookies"), WebKit2.CookiePersistentStorage.SQLITE)
        self.context.set_automation_allowed(True)
        self.context.connect("automation-started", self.started)

    def started(self, _: WebKit2.WebContext, session: WebKit2.AutomationSession) -> None:
        name = WebKit2.ApplicationInfo()
        name.set_name("webkit_window")
        session.set_application_info(name)
        session.connect("create-web-view", lambda _: self.view())
        session.connect("will-close", lambda _: Gtk.main_quit())

    def view(self) -> WebKit2.WebView:
        pages = WebKit2.UserContentManager()
        top, start = WebKit2.UserContentInjectedFrames.ALL_FRAMES, WebKit2.UserScriptInjectionTime.START
        pages.add_script(WebKit2.UserScript.new(TELL, top, start, None, None))
        pages.connect("script-message-received::wrong", self.told)
        pages.register_script_message_handler("wrong")
        view = WebKit2.WebView(web_context=self.context, user_content_manager=pages, is_controlled_by_automation=True)
        view.set_input_method_context(InputMethod())
        view.connect("resource-load-started", lambda _, __, request: self.note("asked", request.get_uri()))
        frame = Gtk.Window(decorated=False)
        frame.add(view)
        frame.show_all()
        return view

    def told(self, _: WebKit2.UserContentManager, said: WebKit2.JavascriptResult) -> None:
        self.note("wrong", said.get_js_value().to_string())

    def note(self, file: str, line: str) -> None:
        with (self.folder / file).open("a", encoding="utf-8") as out:
            out.write(line.replace("\n", " ") + "\n")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    (folder / "pid").write_text(str(os.getpid()))
    Window(folder, sys.argv[2])
    Gtk.main()
