import { IconPlayerPlay } from "@tabler/icons-react";

import { useMessages } from "@/shared/i18n/language-context";

import tools from "./tools.module.css";

/** Opens the slideshow of what is shown. */
export function SlideshowChip({ onOpen }: { onOpen: () => void }) {
  const title = useMessages("slideshow")("title");
  return (
    <button type="button" className={tools.chip} aria-label={title} title={title} onClick={onOpen}>
      <IconPlayerPlay size={18} stroke={1.6} aria-hidden />
    </button>
  );
}
