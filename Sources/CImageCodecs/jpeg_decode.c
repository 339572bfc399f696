// JPEG decoding to luma at 2/8 of the size (libjpeg computes 2x2 samples of each 8x8 block directly), or to
// RGBA at full size.

#include "jpeg_errors.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#define SCALE_NUMERATOR 2
#define SCALE_DENOMINATOR 8
// Rows handed to libjpeg at once; more than its max_v_samp_factor (4) brings nothing.
#define ROWS_AT_ONCE 4
// Markers (ITU-T T.81, table B.1) that libjpeg keeps to itself.
#define JPEG_TEM 0x01
#define JPEG_SOS 0xDA

typedef struct decoder {
    struct jpeg_decompress_struct cinfo;
    jpeg_errors errors;
    struct jpeg_progress_mgr progress;
    const waggle_image_limits *limits;
    bool is_rgba;
} decoder;

/// Only a count can stop a file of a few bytes that asks for the whole image to be walked a thousand times.
static void check_scan_count(decoder *decoder, int scan) {
    const waggle_image_limits *limits = decoder->limits;
    j_common_ptr common = (j_common_ptr)&decoder->cinfo;
    if (scan <= 1) {
        return;
    }
    char words[WAGGLE_IMAGE_MESSAGE_SIZE];
    if (scan > limits->max_scans) {
        snprintf(words, sizeof words, "more than %d scans", (int)limits->max_scans);
        jpeg_errors_fail(common, WAGGLE_IMAGE_TOO_MANY_SCANS, words);
    }
    uint64_t pixels = (uint64_t)decoder->cinfo.image_width * decoder->cinfo.image_height;
    if (pixels > limits->max_scanned_pixels / (uint64_t)scan) {
        snprintf(
            words, sizeof words, "%d scans of %llu pixels are more than %llu", scan,
            (unsigned long long)pixels, (unsigned long long)limits->max_scanned_pixels);
        jpeg_errors_fail(common, WAGGLE_IMAGE_TOO_MANY_SCANS, words);
    }
}

/// libjpeg calls this while it reads the scans of a multi-scan file, with 0 or 1 while it reads the header.
static void check_scans(j_common_ptr common) {
    decoder *decoder = common->client_data;
    check_scan_count(decoder, decoder->cinfo.input_scan_number);
}

/// The scans of a file whose first scan begins at `bytes`, found by their markers as libjpeg finds them, up to what it
/// cannot read. Counting takes a thousandth of the time of decoding, so that a file with too many is refused unread.
static int count_scans(const uint8_t *bytes, size_t left, int most) {
    const uint8_t *end = bytes + left;
    int scans = 1;
    while (scans <= most && (bytes = memchr(bytes, 0xFF, (size_t)(end - bytes))) != NULL) {
        while (bytes < end && *bytes == 0xFF) {
            bytes++;
        }
        if (bytes == end) {
            break;
        }
        uint8_t marker = *bytes++;
        if (marker == 0 || marker == JPEG_TEM || (marker >= JPEG_RST0 && marker <= JPEG_RST0 + 7)) {
            continue;
        }
        if (marker == JPEG_EOI || end - bytes < 2) {
            break;
        }
        size_t length = (size_t)bytes[0] << 8 | bytes[1];
        if (length < 2 || length > (size_t)(end - bytes)) {
            break;
        }
        scans += marker == JPEG_SOS;
        bytes += length;
    }
    return scans;
}

static void read_header(decoder *decoder, const uint8_t *bytes, size_t count, waggle_image_info *info) {
    j_decompress_ptr cinfo = &decoder->cinfo;
    const waggle_image_limits *limits = decoder->limits;
    jpeg_create_decompress(cinfo);
    cinfo->client_data = decoder;
    decoder->progress.progress_monitor = check_scans;
    cinfo->progress = &decoder->progress;
    cinfo->mem->max_memory_to_use = limits->max_memory > LONG_MAX ? LONG_MAX : (long)limits->max_memory;
    // jpeg_mem_src takes a const pointer in libjpeg-turbo and only reads.
    jpeg_mem_src(cinfo, bytes, (unsigned long)count);
    jpeg_read_header(cinfo, TRUE);
    info->width = cinfo->image_width;
    info->height = cinfo->image_height;
    info->components = cinfo->num_components;
    info->progressive = cinfo->progressive_mode ? 1 : 0;
    if ((uint64_t)info->width * info->height > limits->max_pixels) {
        char words[WAGGLE_IMAGE_MESSAGE_SIZE];
        snprintf(
            words, sizeof words, "%u x %u is more than %llu pixels", (unsigned)info->width,
            (unsigned)info->height, (unsigned long long)limits->max_pixels);
        jpeg_errors_fail((j_common_ptr)cinfo, WAGGLE_IMAGE_TOO_MANY_PIXELS, words);
    }
    // libjpeg-turbo's own colour space, with an alpha of 255.
    cinfo->out_color_space = decoder->is_rgba ? JCS_EXT_RGBA : JCS_GRAYSCALE;
    if (!decoder->is_rgba) {
        cinfo->scale_num = SCALE_NUMERATOR;
        cinfo->scale_denom = SCALE_DENOMINATOR;
    }
    // Equal output on every machine and for every version: the integer transform, and no smoothing of
    // files with missing refinement scans, whose method has changed between versions.
    cinfo->dct_method = JDCT_ISLOW;
    cinfo->do_block_smoothing = FALSE;
    cinfo->do_fancy_upsampling = FALSE;
    jpeg_calc_output_dimensions(cinfo);
    info->plane_width = cinfo->output_width;
    info->plane_height = cinfo->output_height;
}

static void read_plane(decoder *decoder, uint8_t *plane, size_t capacity) {
    j_decompress_ptr cinfo = &decoder->cinfo;
    if (jpeg_has_multiple_scans(cinfo)) {
        const struct jpeg_source_mgr *source = cinfo->src;
        check_scan_count(
            decoder, count_scans(source->next_input_byte, source->bytes_in_buffer, INT_MAX - 1));
    }
    jpeg_start_decompress(cinfo);
    int components = decoder->is_rgba ? 4 : 1;
    size_t stride = (size_t)cinfo->output_width * (size_t)components;
    // The header is the caller's size of `plane`; checked again here because this is where it is written.
    if (cinfo->output_components != components || (uint64_t)stride * cinfo->output_height > capacity) {
        jpeg_errors_fail((j_common_ptr)cinfo, WAGGLE_IMAGE_BAD_ARGUMENT, "the plane's buffer is too small");
    }
    while (cinfo->output_scanline < cinfo->output_height) {
        JSAMPROW rows[ROWS_AT_ONCE];
        JDIMENSION left = cinfo->output_height - cinfo->output_scanline;
        JDIMENSION count = left < ROWS_AT_ONCE ? left : ROWS_AT_ONCE;
        for (JDIMENSION i = 0; i < count; i++) {
            rows[i] = plane + stride * (cinfo->output_scanline + i);
        }
        jpeg_read_scanlines(cinfo, rows, count);
    }
    // Reads up to the end marker, so that a missing one is noticed.
    jpeg_finish_decompress(cinfo);
}

/// All libjpeg calls. `decoder` and `info` belong to the caller, so that they are well defined after a
/// longjmp. No plane: the header only.
static waggle_image_status decode(
    decoder *decoder, const uint8_t *bytes, size_t count, uint8_t *plane, size_t capacity,
    waggle_image_info *info) {
    if (setjmp(decoder->errors.on_error) != 0) {
        info->warnings = decoder->errors.warnings;
        jpeg_destroy_decompress(&decoder->cinfo);
        return decoder->errors.status;
    }
    read_header(decoder, bytes, count, info);
    if (plane != NULL) {
        read_plane(decoder, plane, capacity);
    }
    info->warnings = decoder->errors.warnings;
    jpeg_destroy_decompress(&decoder->cinfo);
    return WAGGLE_IMAGE_OK;
}

static waggle_image_status run(
    const uint8_t *bytes, size_t count, const waggle_image_limits *limits, bool is_rgba, uint8_t *plane,
    size_t capacity, waggle_image_info *info, char *message) {
    decoder decoder;
    memset(&decoder, 0, sizeof decoder);
    decoder.is_rgba = is_rgba;
    memset(info, 0, sizeof *info);
    decoder.limits = limits;
    decoder.cinfo.err = jpeg_errors_init(&decoder.errors, message);
    decoder.errors.file = bytes;
    decoder.errors.file_size = count;
    return decode(&decoder, bytes, count, plane, capacity, info);
}

waggle_image_status waggle_jpeg_header(
    const uint8_t *bytes, size_t count, const waggle_image_limits *limits, waggle_image_info *info,
    char *message) {
    return run(bytes, count, limits, false, NULL, 0, info, message);
}

waggle_image_status waggle_jpeg_decode(
    const uint8_t *bytes, size_t count, const waggle_image_limits *limits, uint8_t *plane, size_t capacity,
    waggle_image_info *info, char *message) {
    return run(bytes, count, limits, false, plane, capacity, info, message);
}

waggle_image_status waggle_jpeg_decode_rgba(
    const uint8_t *bytes, size_t count, const waggle_image_limits *limits, uint8_t *pixels, size_t capacity,
    waggle_image_info *info, char *message) {
    return run(bytes, count, limits, true, pixels, capacity, info, message);
}
