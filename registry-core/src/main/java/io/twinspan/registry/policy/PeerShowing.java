package io.twinspan.registry.policy;

/**
 * How one service of one peer is shown to consumers here.
 *
 * @param isPushed false keeps the peer's providers from consumers; whoever fetches them goes on
 * @param isForEveryScope while clients move between the two datacenters, whoever subscribes sees both whole, whatever his scope
 */
public record PeerShowing(ViewPolicy view, boolean isPushed, boolean isForEveryScope) {
    /** While clients move between the two datacenters: nobody knows which of them an address is in. */
    public static final PeerShowing MOVING = new PeerShowing(ViewPolicy.ALL, true, true);

    /** By a policy. */
    public PeerShowing(ViewPolicy view, boolean isPushed) {
        this(view, isPushed, false);
    }

    /** What holds while nobody has decided anything. */
    public static PeerShowing ownFirst(int threshold) {
        return new PeerShowing(ViewPolicy.ownFirst(threshold), true);
    }

    /** True when the peer's providers are shown to scope global while so many own addresses are known. */
    public boolean isShown(int ownAddresses) {
        return isPushed && view.showsPeer(ownAddresses);
    }

    /** True when the peer's providers are shown to scope global whatever is known of the own ones. */
    public boolean isAlwaysShown() {
        return isPushed && view.kind() == ViewPolicy.Kind.ALL;
    }
}
