// A small shim over libjpeg and libpng for Swift.
//
// Both libraries report errors by longjmp, which must not cross Swift frames. Every function here catches
// it in C, releases everything, and returns a status and the library's own words. Nothing calls back.
// All functions are reentrant and keep no global state.

#ifndef WAGGLE_CIMAGECODECS_H
#define WAGGLE_CIMAGECODECS_H

#include <stddef.h>
#include <stdint.h>

/// How a call ended. Every other value than `WAGGLE_IMAGE_OK` leaves the outputs unset.
typedef enum waggle_image_status {
    WAGGLE_IMAGE_OK = 0,
    /// The library reported an error, or a warning that means lost pixels.
    WAGGLE_IMAGE_DAMAGED = 1,
    /// width * height is above `max_pixels`, or a side is above what the library can address.
    WAGGLE_IMAGE_TOO_MANY_PIXELS = 2,
    /// A multi-scan JPEG has more scans than `max_scans`, or walks more than `max_scanned_pixels`.
    WAGGLE_IMAGE_TOO_MANY_SCANS = 3,
    /// The library needs more than `max_memory` bytes.
    WAGGLE_IMAGE_TOO_MUCH_MEMORY = 4,
    /// A valid file of a kind the library cannot turn into gray (CMYK, lossless, 12 bit, ...).
    WAGGLE_IMAGE_UNSUPPORTED = 5,
    /// The caller's arguments make no sense (zero size, buffer too small, ...).
    WAGGLE_IMAGE_BAD_ARGUMENT = 6,
    /// A PNG unpacks to more than `max_unpacked_bytes`.
    WAGGLE_IMAGE_TOO_MANY_BYTES = 7,
} waggle_image_status;

/// Bytes a message buffer needs: libjpeg's JMSG_LENGTH_MAX is 200; longer messages are cut.
#define WAGGLE_IMAGE_MESSAGE_SIZE 256

/// What a decode may cost.
typedef struct waggle_image_limits {
    /// Greatest width * height of the file, in pixels.
    uint64_t max_pixels;
    /// Most bytes the library may allocate for one image.
    uint64_t max_memory;
    /// Most scans of a multi-scan JPEG, and most scans * width * height.
    int32_t max_scans;
    uint64_t max_scanned_pixels;
    /// Most bytes a PNG's pixels may unpack to.
    uint64_t max_unpacked_bytes;
} waggle_image_limits;

/// What the header says, and how the decode went.
typedef struct waggle_image_info {
    /// Size of the file's image, in pixels.
    uint32_t width, height;
    /// Size of the luma plane that a decode delivers, in samples: quarter scale, rounded up.
    uint32_t plane_width, plane_height;
    /// Colour channels in the file.
    int32_t components;
    /// 1 for a progressive JPEG or an interlaced PNG.
    int32_t progressive;
    /// Warnings of the library that were tolerated; the first one is in the message buffer.
    int32_t warnings;
} waggle_image_info;

/// Bytes made by an encoder; give them back with `waggle_image_bytes_free`.
typedef struct waggle_image_bytes {
    uint8_t *_Nullable data;
    size_t count;
} waggle_image_bytes;

/// Releases the bytes and clears the struct; harmless on an already empty one.
void waggle_image_bytes_free(waggle_image_bytes *_Nonnull bytes);

// Decoding. `message` has at least WAGGLE_IMAGE_MESSAGE_SIZE bytes and always ends up NUL-terminated.

/// Reads a JPEG's header: sizes, channels, progressive flag. Looks at no pixel.
waggle_image_status waggle_jpeg_header(
    const uint8_t *_Nonnull bytes, size_t count, const waggle_image_limits *_Nonnull limits,
    waggle_image_info *_Nonnull info, char *_Nonnull message);

/// Decodes a JPEG to 8-bit luma at 2/8 of its size into `plane` (`capacity` bytes, plane_width *
/// plane_height of them are written, rows without padding). Bytes after the end marker are ignored.
waggle_image_status waggle_jpeg_decode(
    const uint8_t *_Nonnull bytes, size_t count, const waggle_image_limits *_Nonnull limits,
    uint8_t *_Nonnull plane, size_t capacity, waggle_image_info *_Nonnull info, char *_Nonnull message);

/// Reads a PNG's IHDR: sizes, channels, interlace flag.
waggle_image_status waggle_png_header(
    const uint8_t *_Nonnull bytes, size_t count, const waggle_image_limits *_Nonnull limits,
    waggle_image_info *_Nonnull info, char *_Nonnull message);

/// Decodes a PNG of any colour type to 8-bit luma, each sample the rounded mean of a 4x4 box (of the part
/// of the box inside the image, at the right and bottom edges). Alpha is composited on black. Holds one
/// row of the file and 2 bytes per sample of the plane, interlaced or not.
waggle_image_status waggle_png_decode(
    const uint8_t *_Nonnull bytes, size_t count, const waggle_image_limits *_Nonnull limits,
    uint8_t *_Nonnull plane, size_t capacity, waggle_image_info *_Nonnull info, char *_Nonnull message);

// `pixels` takes width * height * 4 bytes: red, green, blue and alpha (not premultiplied), rows without
// padding. `capacity` is its size.

/// Decodes a PNG of any colour type at full size.
waggle_image_status waggle_png_decode_rgba(
    const uint8_t *_Nonnull bytes, size_t count, const waggle_image_limits *_Nonnull limits,
    uint8_t *_Nonnull pixels, size_t capacity, waggle_image_info *_Nonnull info, char *_Nonnull message);

/// Decodes a JPEG at full size, opaque.
waggle_image_status waggle_jpeg_decode_rgba(
    const uint8_t *_Nonnull bytes, size_t count, const waggle_image_limits *_Nonnull limits,
    uint8_t *_Nonnull pixels, size_t capacity, waggle_image_info *_Nonnull info, char *_Nonnull message);

// Encoding.

/// Encodes 8-bit gray (`channels` 1) or RGB (`channels` 3) as JPEG, 4:2:0 for RGB, quality 1...100.
/// `app1` (may be null) becomes one APP1 marker right after JFIF; at most 65533 bytes.
waggle_image_status waggle_jpeg_encode(
    const uint8_t *_Nonnull pixels, uint32_t width, uint32_t height, int32_t channels, int32_t quality,
    int32_t progressive, const uint8_t *_Nullable app1, size_t app1_count,
    waggle_image_bytes *_Nonnull out, char *_Nonnull message);

/// Encodes 8-bit palette indices as PNG. `palette` holds `palette_count` (1...256) RGBA quadruples; tRNS is
/// written up to the last entry that is not opaque. Filter none, zlib level 9, no ancillary chunks.
waggle_image_status waggle_png_encode_palette(
    const uint8_t *_Nonnull indices, uint32_t width, uint32_t height, const uint8_t *_Nonnull palette,
    uint32_t palette_count, waggle_image_bytes *_Nonnull out, char *_Nonnull message);

/// Encodes 8-bit RGB as PNG: adaptive filters, zlib level 9, no ancillary chunks.
waggle_image_status waggle_png_encode_rgb(
    const uint8_t *_Nonnull pixels, uint32_t width, uint32_t height, waggle_image_bytes *_Nonnull out,
    char *_Nonnull message);

/// Version of libjpeg-turbo whose headers this was built with ("2.1.5"); it tells none at run time.
const char *_Nonnull waggle_jpeg_version(void);
/// Version of the libpng in use ("1.6.39").
const char *_Nonnull waggle_png_version(void);

#endif
