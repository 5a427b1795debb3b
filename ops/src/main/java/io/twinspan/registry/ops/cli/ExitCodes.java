package io.twinspan.registry.ops.cli;

/** What a script sees; the text in the help of the first command says the same. */
final class ExitCodes {
    static final int OK = 0;
    /** Something that should have worked did not. */
    static final int FAILED = 1;
    /** The command line was not understood. */
    static final int USAGE = 2;
    /** What was asked for is not there: no address, no demo. */
    static final int NOTHING_THERE = 3;
    /** No server answers at the address. */
    static final int UNREACHABLE = 4;
    /** A check before the start said no; nothing was started or changed. */
    static final int REFUSED = 5;

    private ExitCodes() {}
}
