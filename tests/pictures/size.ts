/** The limits of the gallery's pictures. */

/** Columns and rows. */
export const pictureSize = [320, 200] as const

/** Bytes of one, and of all together. */
export const largestPicture = 12_000
export const largestGallery = 200_000

export const pictureFolder = new URL('../../src/dialogs/gallery/pictures/', import.meta.url)
