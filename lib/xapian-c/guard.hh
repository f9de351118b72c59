// SPDX-License-Identifier: GPL-2.0-or-later
//
// guard.hh - the exception barrier; the one place that names libxapian's
// errors.
//
// Every extern "C" function of this folder does its work inside one guard():
//
//     return guard(err, [&] { db->database.reopen(); return STATUS_OK; });
#ifndef NEWS_XAPIAN_C_GUARD_HH
#define NEWS_XAPIAN_C_GUARD_HH

#include <new>
#include <string>
#include <xapian.h>

#include "base/error.h"

inline enum status report(struct error *err, enum status status,
                          const Xapian::Error &e)
{
    const char *system = e.get_error_string();
    return error_set(err, status, "%s%s%s", e.get_msg().c_str(),
                     system ? ": " : "", system ? system : "");
}

// What libxapian says of a term or a metadata key over its limit; its other
// invalid arguments are mistakes of ours.
inline bool is_too_long(const Xapian::InvalidArgumentError &e)
{
    return e.get_msg().find("too long") != std::string::npos;
}

// Of a table that ends too early; its other errors are the system's.
inline bool is_cut(const Xapian::DatabaseError &e)
{
    return e.get_msg().find("EOF reading") == 0;
}

// A failure of our own code below, thrown so that it comes out as it is.
struct Failure {
    struct error err;
};

// The order matters: the specific errors derive from the general ones.
inline enum status translate_current_exception(struct error *err) noexcept
{
    try {
        throw;
    } catch (const Failure &failure) {
        if (err)
            *err = failure.err;
        return failure.err.status;
    } catch (const Xapian::DatabaseModifiedError &e) {
        return report(err, STATUS_STALE, e);
    } catch (const Xapian::DatabaseLockError &e) {
        return report(err, STATUS_LOCKED, e);
    } catch (const Xapian::DatabaseVersionError &e) {
        return report(err, STATUS_MISMATCH, e);
    } catch (const Xapian::DatabaseNotFoundError &e) {
        return report(err, STATUS_NOT_FOUND, e);
    } catch (const Xapian::DatabaseCorruptError &e) {
        return report(err, STATUS_CORRUPT, e);
    } catch (const Xapian::DatabaseError &e) {
        return report(err, is_cut(e) ? STATUS_CORRUPT : STATUS_IO, e);
    } catch (const Xapian::NetworkError &e) {
        return report(err, STATUS_UNREACHABLE, e);
    } catch (const Xapian::DocNotFoundError &e) {
        return report(err, STATUS_NOT_FOUND, e);
    } catch (const Xapian::InvalidArgumentError &e) {
        return report(err, is_too_long(e) ? STATUS_TOO_BIG : STATUS_INTERNAL,
                      e);
    } catch (const Xapian::Error &e) {
        return report(err, STATUS_INTERNAL, e);
    } catch (const std::bad_alloc &) {
        return error_set(err, STATUS_NO_MEMORY, "out of memory");
    } catch (const std::exception &e) {
        return error_set(err, STATUS_INTERNAL, "%s", e.what());
    } catch (...) {
        return error_set(err, STATUS_INTERNAL, "unknown exception");
    }
}

template <typename Body>
inline enum status guard(struct error *err, Body body) noexcept
{
    try {
        return body();
    } catch (...) {
        return translate_current_exception(err);
    }
}

#endif
