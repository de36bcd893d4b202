"""What boards wrote in their own words: coded by two people, compared, counted, and quoted only where it may be."""
