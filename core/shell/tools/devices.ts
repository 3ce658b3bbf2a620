/** Paths of devices whose content is lost when something is written there. */
export const DEVICE = /^\/dev\/(?!null|stdout|stderr|zero|u?random|tty)/;
