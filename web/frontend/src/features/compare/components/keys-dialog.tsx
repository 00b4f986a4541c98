import { Kbd, Modal, Table } from "@mantine/core";

import { commonMessages } from "@/shared/i18n/common-messages";
import { useMessages } from "@/shared/i18n/language-context";

import { compareMessages } from "../compare-messages";

export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useMessages(compareMessages);
  const common = useMessages(commonMessages);
  const keys = [
    [["1", "2", "3", "4"], "keyPane"],
    [["←", "→", "↑", "↓"], "keyMove"],
    [[t("space")], "keyKeep"],
    [["X"], "keyReject"],
    [[t("enter")], "keyOnly"],
    [["N", "P"], "keyNext"],
    [["U"], "keyUndo"],
    [["+", "−"], "keyZoom"],
    [["Z"], "keyActual"],
    [["0"], "keyWhole"],
    [["L"], "keyLink"],
    [["F"], "keyFaces"],
    [["S"], "keyScores"],
    [["H"], "keyHistogram"],
    [["?"], "keyHelp"],
    [["Esc"], "keyBack"],
  ] as const;
  return (
    <Modal opened={opened} onClose={onClose} title={t("keys")} closeButtonProps={{ "aria-label": common("close") }}>
      <Table withRowBorders={false}>
        <Table.Tbody>
          {keys.map(([names, message]) => (
            <Table.Tr key={message}>
              <Table.Th w={130} fw={400}>
                {names.map((name) => (
                  <Kbd key={name} mr={4}>
                    {name}
                  </Kbd>
                ))}
              </Table.Th>
              <Table.Td>{t(message)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
