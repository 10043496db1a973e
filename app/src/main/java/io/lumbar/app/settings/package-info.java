/** All settings: one file, one environment variable each, checked at once. */
@NullMarked
package io.lumbar.app.settings;

import org.jspecify.annotations.NullMarked;
