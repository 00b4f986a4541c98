import { IconPhotoDown } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";

import classes from "./drop-anywhere.module.css";
import type { Chosen } from "./picked-file";
import { readDrop } from "./read-drop";

/** Accepts files dropped anywhere on the page, and says so while they hover over it. */
export function DropAnywhere({ label, onChosen }: { label: string; onChosen: (chosen: Chosen) => void }) {
  const [hovering, setHovering] = useState(false);
  // Entering a child fires before leaving its parent, so count both to know when the page is left.
  const depth = useRef(0);
  const choose = useEffectEvent(onChosen);

  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth.current += 1;
      setHovering(true);
    };
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) setHovering(false);
    };
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      depth.current = 0;
      setHovering(false);
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      void readDrop(event.dataTransfer).then((chosen) => choose(chosen));
    };
    addEventListener("dragenter", enter);
    addEventListener("dragleave", leave);
    addEventListener("dragover", over);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragenter", enter);
      removeEventListener("dragleave", leave);
      removeEventListener("dragover", over);
      removeEventListener("drop", drop);
    };
  }, []);

  if (!hovering) return null;
  return (
    <div className={classes.overlay}>
      <div className={classes.frame}>
        <IconPhotoDown size={48} stroke={1.2} aria-hidden />
        {label}
      </div>
    </div>
  );
}
