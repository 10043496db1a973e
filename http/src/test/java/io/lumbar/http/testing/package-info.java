/** Parts that the integration tests of several modules share. */
package io.lumbar.http.testing;
