-- Format 3: reports of singular happenings are looked for by what they are known by as well; the index is computed anew.
DELETE FROM near;
