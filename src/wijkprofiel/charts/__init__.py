"""Charts: pure functions from a profile's figures to one ``<svg>`` string in millimetres.

Every function takes the house style and the alternative text as ``title``; what differs between
two house styles are tokens (``style.colours``, ``style.sizes``) and choices (``style.looks``).

Looks that charts ask for:

    dots       "pill" (line, middle half as a pill) or "ticks" (40 percentile ticks)
    web        "rings" or "hexagon"
    web_labels "name" or "value": what comes first at the end of an axis
    web_band   "ring" (soft polygon), "pills" (on each axis) or "none": the middle half of all areas
    wijk_mark  "disc" or "verdict": how the wijk is drawn in a dot row
    slight     "full" or "open": how a "slightly" (un)favourable sign is drawn
    people     "figures" (round shoulders) or "block"
    spine      "band" (plane of similar areas) or "ticks" (dotted borders)
    bars       "round" or "square" ends
    map_names  "over" seams between wijken, or "cleared": seams stop at names
    dash       dashes of a row without a value, as in SVG ("0.8 0.7")
"""
