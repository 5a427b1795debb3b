package io.twinspan.registry.runtime;

/** Told of broken invariants: things that should never happen and did. It says so loudly; it does not repair. */
@FunctionalInterface
public interface FaultHandler {
    /** Called on the thread where it happened. */
    void onFault(Throwable fault);
}
