import { getDefaultZIndex, Modal } from "@mantine/core";
import { type ReactNode, useDeferredValue } from "react";

import classes from "./large-frame.module.css";

interface LargeFrameProps {
  label: string;
  /** A dialog is over it, which Escape closes first. */
  isCovered?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** What is as large as the window, over the page. Styles fade it in: Mantine's fade would render it several times. */
export function LargeFrame({ label, isCovered = false, onClose, children }: LargeFrameProps) {
  // React renders between two listeners: without the value of before, the Escape that closes a dialog over it closes it.
  const wasCovered = useDeferredValue(isCovered);
  return (
    <Modal.Root
      opened
      onClose={onClose}
      closeOnEscape={!isCovered && !wasCovered}
      // The photo that it closes at gets the focus, which may be another than the one that it opened from.
      returnFocus={false}
      fullScreen
      // Dialogs are over it. At the same height it would be over those that the page has rendered before it.
      zIndex={getDefaultZIndex("modal") - 1}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Content className={classes.content} aria-label={label} data-lightbox>
        {children}
      </Modal.Content>
    </Modal.Root>
  );
}
