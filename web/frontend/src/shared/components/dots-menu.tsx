import { ActionIcon, Menu } from "@mantine/core";
import { type Icon, IconDots } from "@tabler/icons-react";

export interface DotsItem {
  readonly Icon: Icon;
  readonly text: string;
  /** It takes something away. */
  readonly isDanger?: boolean;
  readonly onClick: () => void;
}

/** Three dots, and behind them what is seldom wanted. */
export function DotsMenu({ label, width, items }: { label: string; width: number; items: readonly DotsItem[] }) {
  return (
    <Menu position="bottom-end" width={width}>
      <Menu.Target>
        <ActionIcon aria-label={label}>
          <IconDots size={20} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ Icon, text, isDanger = false, onClick }) => (
          <Menu.Item
            key={text}
            {...(isDanger ? { c: "var(--mantine-color-error)" } : {})}
            leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
            onClick={onClick}
          >
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
