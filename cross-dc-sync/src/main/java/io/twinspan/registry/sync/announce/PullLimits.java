package io.twinspan.registry.sync.announce;

import java.time.Duration;

/**
 * Bounds of what is asked of a peer, and of what is believed of it at once.
 *
 * @param gapWait how long what is missing in an order may still come by itself
 * @param mostAsked most slots asked for and not answered
 * @param silence a node of a peer of which nothing was heard for this long is not known to lead what it led
 * @param emptiedKept how long a datum that the peer has emptied is remembered, as long as the peer names it
 * @param shrinkWindow in which services that become empty are counted
 * @param shrinkPercent of a peer's services that may become empty in it; more are held back
 * @param shrinkLeast fewer than this are never held back
 */
public record PullLimits(
        Duration gapWait,
        int mostAsked,
        Duration silence,
        Duration emptiedKept,
        Duration shrinkWindow,
        int shrinkPercent,
        int shrinkLeast) {}
