import { ActionIcon, Button, createTheme, Input, type MantineColorsTuple, PasswordInput } from "@mantine/core";

/** One quiet colour beside the photos: a deep blue-green. Buttons use 7 on white, 4 on dark: both read at 4.5 to 1. */
const lagoon: MantineColorsTuple = [
  "#e8f7f7",
  "#d3ecec",
  "#a5d8d9",
  "#74c4c5",
  "#4fb3b4",
  "#38a8aa",
  "#279394",
  "#12797b",
  "#056768",
  "#005455",
];

/** Everything that can be pressed is at least 44 px, as fingers need. */
const TOUCH = "44px";

export const theme = createTheme({
  primaryColor: "lagoon",
  primaryShade: { light: 7, dark: 7 },
  colors: { lagoon },
  fontFamily: "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  headings: { fontWeight: "650" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ vars: () => ({ root: { "--button-height": TOUCH } }) }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: "subtle", color: "gray" },
      vars: () => ({ root: { "--ai-size": TOUCH } }),
    }),
    TextInput: { defaultProps: { size: "md" } },
    PasswordInput: PasswordInput.extend({
      defaultProps: { size: "md", rightSectionWidth: 46, visibilityToggleButtonProps: { size: 44, mih: 44, miw: 44 } },
      vars: () => ({ root: { "--psi-button-size": TOUCH, "--psi-icon-size": "22px" } }),
    }),
    Input: Input.extend({ vars: () => ({ wrapper: { "--input-height": TOUCH, "--input-size": TOUCH } }) }),
    Anchor: { defaultProps: { underline: "hover" } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: "lg",
        overlayProps: { backgroundOpacity: 0.5, blur: 2 },
      },
    },
    // Without the placeholder the first item gets the focus; a menu may hold nothing that is no item of it.
    Menu: { defaultProps: { shadow: "md", radius: "md", withInitialFocusPlaceholder: false } },
    MenuItem: { defaultProps: { mih: 44 } },
    MenuRadioItem: { defaultProps: { mih: 44 } },
  },
});
