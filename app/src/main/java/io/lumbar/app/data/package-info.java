/** The folder that holds everything of one installation. */
@NullMarked
package io.lumbar.app.data;

import org.jspecify.annotations.NullMarked;
