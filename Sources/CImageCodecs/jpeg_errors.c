#include "jpeg_errors.h"

#include <jerror.h>
#include <stdbool.h>
#include <string.h>

static waggle_image_status status_of(int code) {
    switch (code) {
    case JERR_OUT_OF_MEMORY:
    case JERR_NO_BACKING_STORE:
    case JERR_WIDTH_OVERFLOW:
        return WAGGLE_IMAGE_TOO_MUCH_MEMORY;
    case JERR_IMAGE_TOO_BIG:
        return WAGGLE_IMAGE_TOO_MANY_PIXELS;
    case JERR_CONVERSION_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_CCIR601_NOTIMPL:
    case JERR_ARITH_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_NOTIMPL:
    case JERR_SOF_UNSUPPORTED:
    case JERR_BAD_PRECISION:
        return WAGGLE_IMAGE_UNSUPPORTED;
    default:
        return WAGGLE_IMAGE_DAMAGED;
    }
}

/// How many bytes of the file libjpeg has used up: where an error stands, or a few bytes behind it. Inside a scan it is
/// the end of the last block that was whole.
static size_t used_bytes(j_common_ptr cinfo, const jpeg_errors *errors) {
    const struct jpeg_source_mgr *source = ((j_decompress_ptr)cinfo)->src;
    // At the end libjpeg goes on with an end marker that is not in the file.
    if (source == NULL || cinfo->err->msg_code == JWRN_JPEG_EOF || source->next_input_byte < errors->file
        || source->next_input_byte > errors->file + errors->file_size) {
        return errors->file_size;
    }
    return (size_t)(source->next_input_byte - errors->file);
}

/// Keeps the library's words, cut to the caller's buffer, and the place in the file.
static void keep_message(j_common_ptr cinfo, const jpeg_errors *errors) {
    char words[JMSG_LENGTH_MAX] = {0};
    cinfo->err->format_message(cinfo, words);
    if (errors->file == NULL) {
        snprintf(errors->message, WAGGLE_IMAGE_MESSAGE_SIZE, "%s", words);
    } else {
        snprintf(
            errors->message, WAGGLE_IMAGE_MESSAGE_SIZE, "%s (byte %zu)", words, used_bytes(cinfo, errors));
    }
}

static void error_exit(j_common_ptr cinfo) {
    jpeg_errors *errors = (jpeg_errors *)cinfo->err;
    errors->status = status_of(cinfo->err->msg_code);
    keep_message(cinfo, errors);
    longjmp(errors->on_error, 1);
}

/// Whether a warning is about metadata alone and leaves every pixel as the camera wrote it.
///
/// "Extraneous bytes before marker" is not among them: it means that the entropy-coded data decoded to the
/// end of the image before its bytes were used up. That is what a flipped or lost bit looks like when the
/// wrong codes happen to be valid. None of 98 frames and photos of real cameras raises it (nor any other
/// warning); of the damaged files of a fuzzing corpus several raise nothing else.
static bool is_harmless(int code) {
    switch (code) {
    case JWRN_JFIF_MAJOR:
    case JWRN_ADOBE_XFORM:
        return true;
    default:
        return false;
    }
}

static void emit_message(j_common_ptr cinfo, int level) {
    if (level >= 0) {
        return;  // Traces are not for us.
    }
    jpeg_errors *errors = (jpeg_errors *)cinfo->err;
    errors->warnings++;
    bool harmless = is_harmless(cinfo->err->msg_code);
    if (errors->warnings == 1 || !harmless) {
        keep_message(cinfo, errors);
    }
    if (!harmless) {
        // The rest would be libjpeg's grey fill: neither worth having nor worth the time.
        errors->status = WAGGLE_IMAGE_DAMAGED;
        longjmp(errors->on_error, 1);
    }
}

static void output_message(j_common_ptr cinfo) {
    (void)cinfo;  // The default prints to stderr.
}

struct jpeg_error_mgr *jpeg_errors_init(jpeg_errors *errors, char *message) {
    memset(errors, 0, sizeof *errors);
    errors->message = message;
    message[0] = 0;
    struct jpeg_error_mgr *manager = jpeg_std_error(&errors->manager);
    manager->error_exit = error_exit;
    manager->emit_message = emit_message;
    manager->output_message = output_message;
    return manager;
}

void jpeg_errors_fail(j_common_ptr cinfo, waggle_image_status status, const char *words) {
    jpeg_errors *errors = (jpeg_errors *)cinfo->err;
    errors->status = status;
    snprintf(errors->message, WAGGLE_IMAGE_MESSAGE_SIZE, "%s", words);
    longjmp(errors->on_error, 1);
}
