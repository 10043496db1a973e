/** The only module that sees all: command line, settings, wiring, embedded broker, health. */
@NullMarked
package io.lumbar.app;

import org.jspecify.annotations.NullMarked;
