/** Copies of an installation, and how one comes back from a copy. */
@NullMarked
package io.lumbar.app.backup;

import org.jspecify.annotations.NullMarked;
