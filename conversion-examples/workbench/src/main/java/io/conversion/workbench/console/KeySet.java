package io.conversion.workbench.console;

/**
 * Tells whether a key was there before, for millions of keys: it keeps 64 bits of each, so that two of four million
 * different ones are taken for one with a chance of one in two million. It stops to take keys when it is full, so that its
 * memory has an end. For one thread.
 */
final class KeySet {

    /** Of so many keys the table takes 64 MB. */
    static final int MOST = 1 << 22;

    private final int most;

    /** Open addressing; 0 is a free place. */
    private long[] table = new long[1 << 10];

    private int size;
    private boolean full;

    KeySet(int most) {
        this.most = most;
    }

    /** Whether the key was not there yet; true of every new key when it is full. */
    boolean add(String key) {
        long hash = hash(key);
        int place = place(hash);
        if (table[place] == hash) {
            return false;
        } else if (size == most) {
            full = true;
            return true;
        }
        table[place] = hash;
        if (++size > table.length / 2) {
            grow();
        }
        return true;
    }

    /** Whether a key found no place any more. */
    boolean isFull() {
        return full;
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        for (long hash : old) {
            if (hash != 0) {
                table[place(hash)] = hash;
            }
        }
    }

    /** Where the hash is, or the free place that it would take. */
    private int place(long hash) {
        int place = (int) hash & (table.length - 1);
        while (table[place] != 0 && table[place] != hash) {
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }

    /** FNV-1a of the characters, mixed by the end of MurmurHash3, since neighbours differ in few bits of it. */
    private static long hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }
}
