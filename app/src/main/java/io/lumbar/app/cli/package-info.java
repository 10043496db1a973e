/** The command line: what a person types, and the answers they read. */
@NullMarked
package io.lumbar.app.cli;

import org.jspecify.annotations.NullMarked;
