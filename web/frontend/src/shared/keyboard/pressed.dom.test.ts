import { describe, expect, it } from "vitest";

import { PRESETS, type PresetName } from "./presets";
import { commandOf, isForControl, namesOf } from "./pressed";

type Held = "ctrlKey" | "metaKey" | "altKey" | "shiftKey";

function press(key: string, code = "", ...held: Held[]) {
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  return { ...none, ...Object.fromEntries(held.map((one) => [one, true])), key, code };
}

function nameOf(preset: PresetName, ...pressed: Parameters<typeof press>) {
  const found = commandOf(PRESETS[preset], "review", press(...pressed));
  return found && `${found.name} ${found.index}`;
}

describe("what was pressed", () => {
  it.each([
    ["a digit", press("3", "Digit3"), ["3"]],
    ["Shift and a digit in Sweden", press("#", "Digit3", "shiftKey"), ["Shift+3", "#"]],
    ["the same in France, where Shift makes the digits", press("3", "Digit3", "shiftKey"), ["Shift+3"]],
    ["the digit's key in France without Shift", press('"', "Digit3"), ["3", '"']],
    ["a digit beside the others", press("3", "Numpad3"), ["3"]],
    ["that key without the lock", press("PageDown", "Numpad3"), ["PageDown"]],
    ["a letter with the caps lock", press("X", "KeyX"), ["x"]],
    ["a letter with Shift", press("X", "KeyX", "shiftKey"), ["Shift+x"]],
    ["a letter of Sweden", press("Ö", "Semicolon"), ["ö"]],
    ["the question mark, wherever it is", press("?", "Minus", "shiftKey"), ["?"]],
    ["plus without Shift", press("=", "Equal"), ["+"]],
    ["the space bar", press(" ", "Space"), ["Space"]],
    ["an arrow with Shift", press("ArrowLeft", "ArrowLeft", "shiftKey"), ["Shift+ArrowLeft"]],
    ["⌘", press("z", "KeyZ", "metaKey"), ["Mod+z"]],
    ["Ctrl and Shift", press("Z", "KeyZ", "ctrlKey", "shiftKey"), ["Mod+Shift+z"]],
    ["Alt, which is the browser's", press("1", "Digit1", "altKey"), []],
  ])("is named by the key: %s", (_, event, names) => {
    expect(namesOf(event)).toEqual(names);
  });
});

describe("the command of a key", () => {
  it.each([
    ["own", " ", "Space", "keep 0"],
    ["own", "o", "KeyO", "only 0"],
    ["own", "9", "Digit9", "number 8"],
    ["own", "u", "KeyU", "undo 0"],
    ["own", "p", "KeyP", null],
    ["lightroom", "p", "KeyP", "keep 0"],
    ["lightroom", "x", "KeyX", "reject 0"],
    ["lightroom", "u", "KeyU", "leave 0"],
    ["lightroom", "5", "Digit5", "stars 5"],
    ["lightroom", "6", "Digit6", "label 0"],
    ["narrative", "0", "Digit0", "stars 0"],
    ["photoMechanic", "2", "Digit2", "label 0"],
    ["photoMechanic", "t", "KeyT", "keep 0"],
  ] as const)("as in %s: %j", (preset, key, code, found) => {
    expect(nameOf(preset, key, code)).toBe(found);
  });

  it("gives stars by Shift and a digit where the digits alone choose a shot", () => {
    expect(nameOf("own", "#", "Digit3", "shiftKey")).toBe("stars 3");
    expect(nameOf("own", "(", "Digit9", "shiftKey")).toBe("label 3");
    expect(nameOf("photoMechanic", "%", "Digit5", "shiftKey")).toBe("stars 5");
  });

  it("leaves the browser its own", () => {
    expect(nameOf("own", "r", "KeyR", "ctrlKey")).toBeNull();
    expect(nameOf("own", "1", "Digit1", "metaKey")).toBeNull();
  });

  it("undoes as everywhere else, too", () => {
    for (const preset of ["own", "lightroom"] as const) {
      expect(nameOf(preset, "z", "KeyZ", "ctrlKey")).toMatch("undo");
      expect(nameOf(preset, "Z", "KeyZ", "metaKey", "shiftKey")).toMatch("redo");
    }
  });

  it("is only one that the page has", () => {
    expect(commandOf(PRESETS.own, "compare", press("l", "KeyL"))?.name).toBe("linked");
    expect(commandOf(PRESETS.own, "review", press("l", "KeyL"))).toBeNull();
    // A "−" that is on the key of a digit, as in France: no command there has the digit.
    expect(commandOf({ ...PRESETS.own, number: [] }, "compare", press("-", "Digit6"))?.name).toBe("zoomStep");
  });
});

describe("a control that has the focus", () => {
  function element(html: string): Element {
    document.body.innerHTML = html;
    const found = document.body.firstElementChild;
    if (!found) throw new Error("Nothing was made.");
    return found;
  }

  it.each([
    [" ", "<button>Accept</button>"],
    ["Enter", "<a href='/'>Back</a>"],
    ["ArrowDown", "<div role='slider'></div>"],
    ["ArrowDown", "<div role='region' tabindex='0'></div>"],
    ["u", "<input>"],
    ["x", "<div contenteditable='true'></div>"],
  ])("needs %j: %s", (key, html) => {
    expect(isForControl(key, element(html))).toBe(true);
  });

  it.each([
    ["u", "<button>Accept</button>"],
    ["ArrowDown", "<button>Accept</button>"],
    [" ", "<button data-shot='1'></button>"],
    ["x", "<input type='checkbox'>"],
  ])("leaves %j to the page: %s", (key, html) => {
    expect(isForControl(key, element(html))).toBe(false);
  });
});
