/** Short exercises as data, a picker, and their HTTP paths. */
@NullMarked
package io.lumbar.alerts.stretches;

import org.jspecify.annotations.NullMarked;
