/** The history in one SQLite file. */
@NullMarked
package io.lumbar.history.sqlite;

import org.jspecify.annotations.NullMarked;
