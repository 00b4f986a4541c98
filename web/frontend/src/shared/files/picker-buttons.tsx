import { Button, type ButtonProps } from "@mantine/core";

import { useMessages } from "@/shared/i18n/language-context";

import { canChooseFolders, type FilePicker } from "./use-file-picker";

interface PickerButtonsProps {
  picker: FilePicker;
  isBusy: boolean;
  /** How the first button looks. */
  variant?: ButtonProps["variant"];
}

/** Photos, and a folder where the browser has folders, else any files. */
export function PickerButtons({ picker, isBusy, variant = "filled" }: PickerButtonsProps) {
  const t = useMessages("files-picker");
  const hasFolders = canChooseFolders();
  return (
    <>
      <Button variant={variant} loading={isBusy} onClick={picker.choosePhotos}>
        {t("choosePhotos")}
      </Button>
      <Button variant="default" disabled={isBusy} onClick={hasFolders ? picker.chooseFolder : picker.chooseFiles}>
        {t(hasFolders ? "chooseFolder" : "chooseFiles")}
      </Button>
    </>
  );
}
