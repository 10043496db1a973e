/**
 * What every HTTP face shares: authentication, the registry of wearers and devices, limits, error
 * answers.
 */
@NullMarked
package io.lumbar.http;

import org.jspecify.annotations.NullMarked;
