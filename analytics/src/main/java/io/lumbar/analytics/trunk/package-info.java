/** From raw acceleration of chest, waist and lower back to sleep position, arch and bends. */
@NullMarked
package io.lumbar.analytics.trunk;

import org.jspecify.annotations.NullMarked;
