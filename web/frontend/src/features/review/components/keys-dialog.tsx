import { Kbd, Modal, Table, Text, Title } from "@mantine/core";

import { commonMessages } from "@/shared/i18n/common-messages";
import { useMessages } from "@/shared/i18n/language-context";

import { KEYS } from "../model/keyboard";
import { reviewMessages } from "../review-messages";

export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useMessages(reviewMessages);
  const common = useMessages(commonMessages);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("keysTitle")}
      size="lg"
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {KEYS.map(([what, keys]) => (
            <Table.Tr key={what}>
              <Table.Td>{t(what)}</Table.Td>
              <Table.Td ta="right">
                {keys.map((key) =>
                  key === "…" ? (
                    " … "
                  ) : (
                    <Kbd key={key} ml={4}>
                      {key}
                    </Kbd>
                  ),
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Title order={3} size="h5" mt="md" mb={4}>
        {t("touchTitle")}
      </Title>
      <Text size="sm" c="dimmed">
        {t("touchText")}
      </Text>
    </Modal>
  );
}
