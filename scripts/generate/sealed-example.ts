/** A private room of one, sealed once with keys that nobody has any more: sealing again would give other bytes each time. */
export const sealedExample = {
  /** Of its member. */
  sealTo: 'age1ylhazqwqa0rtcd5dpcp3mwpslguy7lnc4a5n90pqt40t60dt6dmq6lku37',
  /** Of the room. */
  to: 'age19pzllwgyzufhuuzengmpt7xr3csq74r8sdq37t0ymtjvnrt3zf2skuw2gy',
  key: [
    '-----BEGIN AGE ENCRYPTED FILE-----',
    'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBwdzN6aVprbEFUYmVydk1t',
    'NVlaenVSbTFPTUlQdzNDa1BOcSt1dkgxUTNjCmZONVV2OUVtVFZzN0JJbVRVNVh2',
    'UURWeDNJQ2NxUWQxbUp5d090SitJdmMKLS0tIDgxeWpCV29iTm52TDJhTWNXbVla',
    'MjljS24ybG0rdTg1WStLZHVDL3crM0EKrMPWzud9QHYPOkE7hdI04SOoYYf3zLqH',
    'ddJblJIE4ipTe71+IXsFKPwTVMUb+os6RxupD3arjogj8ZCe76ObRTpue+v2LVgc',
    'pYzZH9s9goh6eCRhuU7HmGYSKgcdfG3YSlcliY8Z8oC/FQ==',
    '-----END AGE ENCRYPTED FILE-----',
  ].join('\n'),
  message: [
    '-----BEGIN AGE ENCRYPTED FILE-----',
    'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBjdjFaTUlrZS9VN0QydkFk',
    'UmJ6bUhZRTU1SmJsRCtjUkFOanFOYmZacEhJCk1wWHJVUUZjeFlXR05FUFlxdjh2',
    'bFpzMTZJSlBsNjVDRlF6eVczdGh6Nk0KLS0tIExBVFJaRU5BZUFTRThEdzZTSWZz',
    'akJxQU5RNjNIQXpIbEMxQTJhUHdtWWMKC9ODZaKCA42cLhG1JEK6FmvHlNH9E8jv',
    'HOZ9tTXdcJPh8mVFK0Q6VN1Z0hUS0mDr9US0+MSgxj3SlWRZTRfX1M8RqZ0r1BcI',
    't1Tp2l3ZbnWj6yoQKO/flgilKeL4+sVFUkwV5aBewz+O7Uhm/5Y=',
    '-----END AGE ENCRYPTED FILE-----',
  ].join('\n'),
} as const;
