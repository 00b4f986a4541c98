"""Analysis of photos: functions of bytes and arrays that know nothing of the rest of the product."""
