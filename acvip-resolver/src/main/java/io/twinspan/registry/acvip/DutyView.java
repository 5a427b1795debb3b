package io.twinspan.registry.acvip;

/** Port: what this node has heard of duty. */
public interface DutyView {
    /** The newest; any thread. */
    Duties current();

    /** Adds a listener, called on any thread whenever there are other duties. */
    void onChange(Runnable listener);

    /** Of a federation in which nothing is decided. */
    static DutyView undecided() {
        return new DutyView() {
            @Override
            public Duties current() {
                return Duties.UNDECIDED;
            }

            @Override
            public void onChange(Runnable listener) {
                // Nothing ever changes.
            }
        };
    }
}
