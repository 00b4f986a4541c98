import { Group, Text, Title } from "@mantine/core";

import { PickerButtons } from "@/shared/files/picker-buttons";
import { canChooseFolders, type FilePicker } from "@/shared/files/use-file-picker";
import { useMessages } from "@/shared/i18n/language-context";

import classes from "./upload.module.css";

/** Where photos come in: large while there is nothing else to see. */
export function Intake({ picker, small, isLooking }: { picker: FilePicker; small: boolean; isLooking: boolean }) {
  const t = useMessages("upload");
  const picking = useMessages("files-picker");
  const hasFolders = canChooseFolders();
  return (
    <section className={`${classes.intake ?? ""} ${small ? (classes.small ?? "") : ""}`}>
      <div>
        <Title order={2} size={small ? "h5" : "h3"}>
          {t(hasFolders ? "dropTitle" : "dropTitlePhone")}
        </Title>
        <Text c="dimmed" size={small ? "sm" : "md"} mt={4} maw={520}>
          {t("dropText")}
        </Text>
        {!hasFolders && (
          <Text c="dimmed" size={small ? "sm" : "md"} mt={4} maw={520}>
            {picking("filesText")}
          </Text>
        )}
      </div>
      <Group justify="center" mt={small ? 0 : "sm"}>
        <PickerButtons picker={picker} isBusy={isLooking} variant={small ? "default" : "filled"} />
      </Group>
      {picker.inputs}
    </section>
  );
}
