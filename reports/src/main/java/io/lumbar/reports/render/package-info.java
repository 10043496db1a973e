/** Reports as HTML, text, JSON and CSV; pure. */
@NullMarked
package io.lumbar.reports.render;

import org.jspecify.annotations.NullMarked;
