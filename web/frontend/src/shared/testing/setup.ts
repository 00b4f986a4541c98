import "@testing-library/jest-dom/vitest";
import "fake-indexeddb/auto";

import { notifications } from "@mantine/notifications";
import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

afterEach(() => {
  cleanup();
  notifications.clean();
  document.body.replaceChildren();
  localStorage.clear();
});

// Mantine needs these, and jsdom lacks them.
vi.stubGlobal("matchMedia", (query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  dispatchEvent: () => false,
}));
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {
      // Nothing is ever resized here.
    }
    unobserve() {
      // Nothing is ever resized here.
    }
    disconnect() {
      // Nothing is ever resized here.
    }
  },
);

// jsdom has no touch screen. The library for gestures asks for one when it is loaded.
class TouchEvent extends MouseEvent {
  readonly pointerId: number;
  readonly pointerType: string;
  readonly isPrimary: boolean;

  constructor(type: string, init: PointerEventInit = {}) {
    super(type, init);
    this.pointerId = init.pointerId ?? 0;
    this.pointerType = init.pointerType ?? "";
    this.isPrimary = init.isPrimary ?? false;
  }
}
vi.stubGlobal("PointerEvent", TouchEvent);
vi.stubGlobal("onpointerdown", null);
Object.defineProperty(navigator, "maxTouchPoints", { value: 5, configurable: true });
Object.assign(Element.prototype, {
  setPointerCapture: () => undefined,
  releasePointerCapture: () => undefined,
  hasPointerCapture: () => false,
});
