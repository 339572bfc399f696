// PNG decoding, to luma at a quarter of the size or to RGBA, through libpng's full API (never png_image_*: see
// CVE-2025-64720 and CVE-2025-66293).

#include "png_session.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BOX_SHIFT 2
#define BOX (1 << BOX_SHIFT)
// libpng's default is 1000 ancillary chunks; a frame has a handful.
#define MAX_CACHED_CHUNKS 32
// libpng unpacks all that is left behind the last row, to say that it was too much: up to a thousand times its bytes. What
// a compressed stream has there is its end (5 bytes) and its checksum, perhaps in chunks of a byte each.
#define MAX_BYTES_BEHIND_ROWS 1024
// Compressed bytes that libpng takes at a time, and unpacks without asking again; 8 KiB by default.
#define INPUT_SIZE 2048

/// Where a decode puts what it makes.
typedef struct target {
    uint8_t *samples;
    size_t capacity;
    bool is_rgba;
} target;

typedef struct decoder {
    png_session session;
    png_structp png;
    png_infop info;
    const uint8_t *bytes;
    size_t left;
    /// Whether rows are being read, how many bytes may still be asked for behind the last one, and whether there are passes.
    bool is_in_rows;
    bool is_interlaced;
    size_t left_behind_rows;
    png_bytep row;
    /// Sum of the pixels of each 4x4 box: at most 16 * 255.
    uint16_t *sums;
} decoder;

/// Whether libpng has the last row and looks for the end of the compressed stream.
static bool is_behind_rows(const decoder *decoder) {
    if (!decoder->is_in_rows) {
        return false;
    }
    return decoder->is_interlaced
        ? png_get_current_pass_number(decoder->png) >= PNG_INTERLACE_ADAM7_PASSES
        : png_get_current_row_number(decoder->png) >= png_get_image_height(decoder->png, decoder->info);
}

static void begin_rows(decoder *decoder) {
    decoder->is_in_rows = true;
    decoder->is_interlaced = png_get_interlace_type(decoder->png, decoder->info) != PNG_INTERLACE_NONE;
    decoder->left_behind_rows = MAX_BYTES_BEHIND_ROWS;
}

/// Reads up to IEND, so that a missing one is noticed.
static void end_rows(decoder *decoder) {
    decoder->is_in_rows = false;
    png_read_end(decoder->png, NULL);
}

static void read_bytes(png_structp png, png_bytep out, size_t count) {
    decoder *decoder = png_get_io_ptr(png);
    if (count > decoder->left) {
        // What is missing stands behind the last byte.
        decoder->bytes += decoder->left;
        decoder->left = 0;
        png_error(png, "read beyond end of data");
    }
    if (is_behind_rows(decoder)) {
        if (count > decoder->left_behind_rows) {
            png_error(png, "data behind the last row");
        }
        decoder->left_behind_rows -= count;
    }
    memcpy(out, decoder->bytes, count);
    decoder->bytes += count;
    decoder->left -= count;
}

/// Chunks that cannot change a pixel of ours are skipped unread: their parsers are where libpng's faults
/// have been, and their compressed ones can be bombs. Only tRNS is left of the ancillary chunks.
static void skip_ancillary_chunks(png_structp png) {
    static const png_byte names[] =
        "bKGD\0cHRM\0eXIf\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0"
        "pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0sTER\0tEXt\0tIME\0zTXt";
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, names, (int)(sizeof names / 5));
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
}

static void read_header(decoder *decoder, const waggle_image_limits *limits, waggle_image_info *info) {
    png_structp png = decoder->png;
    png_set_read_fn(png, decoder, read_bytes);
    // The product is checked below; libpng checks the sides alone.
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_cache_max(png, MAX_CACHED_CHUNKS);
    png_set_compression_buffer_size(png, INPUT_SIZE);
    png_set_chunk_malloc_max(png, limits->max_memory);
    png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    skip_ancillary_chunks(png);
    png_read_info(png, decoder->info);
    info->width = png_get_image_width(png, decoder->info);
    info->height = png_get_image_height(png, decoder->info);
    info->plane_width = (info->width + BOX - 1) >> BOX_SHIFT;
    info->plane_height = (info->height + BOX - 1) >> BOX_SHIFT;
    info->components = png_get_channels(png, decoder->info);
    info->progressive = png_get_interlace_type(png, decoder->info) != PNG_INTERLACE_NONE;
    if ((uint64_t)info->width * info->height > limits->max_pixels) {
        char words[WAGGLE_IMAGE_MESSAGE_SIZE];
        snprintf(
            words, sizeof words, "%u x %u is more than %llu pixels", (unsigned)info->width,
            (unsigned)info->height, (unsigned long long)limits->max_pixels);
        png_session_fail(png, WAGGLE_IMAGE_TOO_MANY_PIXELS, words);
    }
}

/// The luma of libjpeg's RGB to YCbCr conversion (ITU-R BT.601 weights in 16 fraction bits), so that equal
/// pixels measure alike whatever the file format.
static unsigned luma(unsigned red, unsigned green, unsigned blue) {
    return (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16;
}

/// Composites on black, rounded.
static unsigned over_black(unsigned luma, unsigned alpha) {
    return (luma * alpha + 127) / 255;
}

static unsigned pixel_luma(const png_byte *p, int channels) {
    switch (channels) {
    case 1:
        return p[0];
    case 2:
        return over_black(p[0], p[1]);
    case 3:
        return luma(p[0], p[1], p[2]);
    default:
        return over_black(luma(p[0], p[1], p[2]), p[3]);
    }
}

/// Adds every pixel to its box. An interlaced file is read pass by pass as libpng stores it: each pixel
/// comes exactly once, so the image itself is never held.
static void sum_boxes(decoder *decoder, const waggle_image_info *info) {
    png_structp png = decoder->png;
    int channels = png_get_channels(png, decoder->info);
    int passes = info->progressive ? PNG_INTERLACE_ADAM7_PASSES : 1;
    for (int pass = 0; pass < passes; pass++) {
        uint32_t columns = info->width, rows = info->height, x0 = 0, y0 = 0;
        unsigned x_shift = 0, y_shift = 0;
        if (info->progressive) {
            columns = (uint32_t)PNG_PASS_COLS(info->width, pass);
            rows = (uint32_t)PNG_PASS_ROWS(info->height, pass);
            x0 = (uint32_t)PNG_PASS_START_COL(pass);
            y0 = (uint32_t)PNG_PASS_START_ROW(pass);
            x_shift = (unsigned)PNG_PASS_COL_SHIFT(pass);
            y_shift = (unsigned)PNG_PASS_ROW_SHIFT(pass);
        }
        if (columns == 0) {
            continue;  // libpng skips such a pass too.
        }
        for (uint32_t i = 0; i < rows; i++) {
            png_read_row(png, decoder->row, NULL);
            uint32_t y = y0 + (i << y_shift);
            uint16_t *sums = decoder->sums + (size_t)info->plane_width * (y >> BOX_SHIFT);
            const png_byte *p = decoder->row;
            for (uint32_t j = 0; j < columns; j++, p += channels) {
                uint32_t x = x0 + (j << x_shift);
                sums[x >> BOX_SHIFT] = (uint16_t)(sums[x >> BOX_SHIFT] + pixel_luma(p, channels));
            }
        }
    }
}

static void divide_boxes(const decoder *decoder, const waggle_image_info *info, uint8_t *plane) {
    for (uint32_t y = 0; y < info->plane_height; y++) {
        uint32_t rows = info->height - y * BOX < BOX ? info->height - y * BOX : BOX;
        for (uint32_t x = 0; x < info->plane_width; x++) {
            uint32_t columns = info->width - x * BOX < BOX ? info->width - x * BOX : BOX;
            size_t i = (size_t)info->plane_width * y + x;
            uint32_t pixels = rows * columns;
            plane[i] = (uint8_t)((decoder->sums[i] + pixels / 2) / pixels);
        }
    }
}

/// A PNG of a few kilobytes can unpack to gigabytes, at half a gigabyte a second.
static void require_unpacked_size(png_structp png, png_infop info, const waggle_image_limits *limits) {
    uint64_t bits = (uint64_t)png_get_channels(png, info) * png_get_bit_depth(png, info);
    uint64_t row = ((uint64_t)png_get_image_width(png, info) * bits + 7) / 8;
    if (row > limits->max_unpacked_bytes / png_get_image_height(png, info)) {
        char words[WAGGLE_IMAGE_MESSAGE_SIZE];
        snprintf(
            words, sizeof words, "unpacks to more than %llu bytes",
            (unsigned long long)limits->max_unpacked_bytes);
        png_session_fail(png, WAGGLE_IMAGE_TOO_MANY_BYTES, words);
    }
}

static void read_plane(
    decoder *decoder, const waggle_image_limits *limits, waggle_image_info *info, const target *target) {
    png_structp png = decoder->png;
    uint64_t samples = (uint64_t)info->plane_width * info->plane_height;
    if (samples > target->capacity) {
        png_session_fail(png, WAGGLE_IMAGE_BAD_ARGUMENT, "the plane's buffer is too small");
    }
    require_unpacked_size(png, decoder->info, limits);
    png_set_expand(png);
    png_set_scale_16(png);
    png_read_update_info(png, decoder->info);
    decoder->row = png_malloc(png, png_get_rowbytes(png, decoder->info));
    decoder->sums = png_calloc(png, (png_alloc_size_t)samples * sizeof *decoder->sums);
    begin_rows(decoder);
    sum_boxes(decoder, info);
    end_rows(decoder);
    divide_boxes(decoder, info, target->samples);
}

static void read_rgba(
    decoder *decoder, const waggle_image_limits *limits, waggle_image_info *info, const target *target) {
    png_structp png = decoder->png;
    uint64_t stride = (uint64_t)info->width * 4;
    if (info->height > target->capacity / stride) {
        png_session_fail(png, WAGGLE_IMAGE_BAD_ARGUMENT, "the pixels' buffer is too small");
    }
    require_unpacked_size(png, decoder->info, limits);
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, 0xFF, PNG_FILLER_AFTER);
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, decoder->info);
    if (png_get_rowbytes(png, decoder->info) != stride) {
        png_session_fail(png, WAGGLE_IMAGE_UNSUPPORTED, "libpng does not make RGBA of it");
    }
    begin_rows(decoder);
    // Every pass adds its pixels to rows that stay where they are.
    for (int pass = 0; pass < passes; pass++) {
        for (uint32_t y = 0; y < info->height; y++) {
            png_read_row(png, target->samples + stride * y, NULL);
        }
    }
    end_rows(decoder);
}

static void release(decoder *decoder) {
    png_free(decoder->png, decoder->row);
    png_free(decoder->png, decoder->sums);
    png_destroy_read_struct(&decoder->png, &decoder->info, NULL);
}

/// All libpng calls. `decoder` and `info` belong to the caller, so that they are well defined after a
/// longjmp. No target: the header only.
static waggle_image_status decode(
    decoder *decoder, const waggle_image_limits *limits, const target *target, waggle_image_info *info) {
    decoder->png = png_create_read_struct_2(
        PNG_LIBPNG_VER_STRING, &decoder->session, png_session_error, png_session_warning,
        &decoder->session, png_session_malloc, png_session_free);
    if (decoder->png == NULL) {
        return WAGGLE_IMAGE_TOO_MUCH_MEMORY;
    }
    if (setjmp(png_jmpbuf(decoder->png)) != 0) {
        info->warnings = decoder->session.warnings;
        release(decoder);
        return decoder->session.status;
    }
    decoder->info = png_create_info_struct(decoder->png);
    if (decoder->info == NULL) {
        png_session_fail(decoder->png, WAGGLE_IMAGE_TOO_MUCH_MEMORY, "no memory for libpng");
    }
    read_header(decoder, limits, info);
    if (target != NULL && target->is_rgba) {
        read_rgba(decoder, limits, info, target);
    } else if (target != NULL) {
        read_plane(decoder, limits, info, target);
    }
    info->warnings = decoder->session.warnings;
    release(decoder);
    return decoder->session.status;
}

static waggle_image_status run(
    const uint8_t *bytes, size_t count, const waggle_image_limits *limits, const target *target,
    waggle_image_info *info, char *message) {
    decoder decoder;
    memset(&decoder, 0, sizeof decoder);
    memset(info, 0, sizeof *info);
    png_session_init(&decoder.session, limits->max_memory, message);
    decoder.bytes = bytes;
    decoder.left = count;
    decoder.session.file = bytes;
    decoder.session.position = &decoder.bytes;
    return decode(&decoder, limits, target, info);
}

waggle_image_status waggle_png_header(
    const uint8_t *bytes, size_t count, const waggle_image_limits *limits, waggle_image_info *info,
    char *message) {
    return run(bytes, count, limits, NULL, info, message);
}

waggle_image_status waggle_png_decode(
    const uint8_t *bytes, size_t count, const waggle_image_limits *limits, uint8_t *plane, size_t capacity,
    waggle_image_info *info, char *message) {
    target target = {plane, capacity, false};
    return run(bytes, count, limits, &target, info, message);
}

waggle_image_status waggle_png_decode_rgba(
    const uint8_t *bytes, size_t count, const waggle_image_limits *limits, uint8_t *pixels, size_t capacity,
    waggle_image_info *info, char *message) {
    target target = {pixels, capacity, true};
    return run(bytes, count, limits, &target, info, message);
}
