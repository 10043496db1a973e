/** Draws the exercises: a jointed figure in space, posed by data, seen by a camera, as SVG. */
@NullMarked
package io.lumbar.alerts.stretches.figures;

import org.jspecify.annotations.NullMarked;
