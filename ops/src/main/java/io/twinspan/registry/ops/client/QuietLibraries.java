package io.twinspan.registry.ops.client;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Stops the official client's libraries from writing between our lines; they use three ways of their own to do so. */
public final class QuietLibraries {
    /** The logging of the JDK forgets levels of loggers that nobody holds. */
    private static final Logger HESSIAN = Logger.getLogger("com.caucho.hessian");

    private QuietLibraries() {}

    /** To be called first in a process, before any of their classes is loaded. */
    public static void quieten() {
        HESSIAN.setLevel(Level.OFF);
        System.setProperty("sofa.middleware.log.disable", "true");
        System.setProperty("sofa.middleware.log.internal.level", "ERROR");
    }
}
